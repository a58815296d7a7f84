package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedPeopleTest {

  /** Also where digests begin alike, which are counted by their first bits. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "2, 0", "3000, 0", "50, 4", "256, 15"})
  void eachPersonIsOnceInTheOrderOfDigestsAndIsFound(int count, int alike) {
    byte[][] digests = digests(count, alike);

    KeyedPeople people = new KeyedPeople(people(digests));

    assertThat(people.count()).isEqualTo(count);
    byte[] digest = new byte[Membership.DIGEST];
    byte[][] inOrder = new byte[count][];
    boolean[] seen = new boolean[count];
    for (int place = 0; place < count; place++) {
      int person = people.at(place);
      assertThat(seen[person]).isFalse();
      seen[person] = true;
      people.digest(person, digest, 0);
      assertThat(digest).isEqualTo(digests[person]);
      assertThat(people.find(digest)).isEqualTo(person);
      inOrder[place] = digests[person];
    }
    byte[][] sorted = digests.clone();
    Arrays.sort(sorted, Arrays::compareUnsigned);
    assertThat(inOrder).isDeepEqualTo(sorted);
    assertThat(people.find(new byte[Membership.DIGEST])).isEqualTo(-1);
  }

  /** Random digests that differ from one another; their first bytes are all ones. */
  private static byte[][] digests(int count, int alike) {
    SplittableRandom random = new SplittableRandom(20_261_201);
    byte[][] digests = new byte[count][Membership.DIGEST];
    for (int person = 0; person < count; person++) {
      ByteBuffer.wrap(digests[person]).putLong(random.nextLong()).putLong(random.nextLong());
      Arrays.fill(digests[person], 0, alike, (byte) 0xff);
      if (alike == Membership.DIGEST - 1) {
        digests[person][alike] = (byte) (255 - person);
      }
    }
    return digests;
  }

  private static FigureBook.People people(byte[][] digests) {
    return new FigureBook.People() {
      @Override
      public int count() {
        return digests.length;
      }

      @Override
      public void digest(int person, byte[] into, int at) {
        System.arraycopy(digests[person], 0, into, at, Membership.DIGEST);
      }
    };
  }
}
