package org.consentry.operator.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;

/**
 * Words of the column of functional impairment. Letter case and blanks around do not matter; every
 * word that is not listed, and no word at all, is unknown.
 *
 * @param yes words for yes
 * @param no words for no
 */
@Doc("Words of the column of functional impairment; every other word is unknown")
record FunctionalWords(
    @Doc("words for yes, in any letter case") @OneOrMany List<String> yes,
    @Doc("words for no, in any letter case") @OneOrMany List<String> no) {

  public FunctionalWords {
    yes = yes.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
    no = no.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
    Set<String> both = new HashSet<>(yes);
    both.retainAll(no);
    if (!both.isEmpty()) {
      throw new IllegalArgumentException("no has a word that yes has too: " + both);
    }
  }
}
