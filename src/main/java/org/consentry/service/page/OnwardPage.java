package org.consentry.service.page;

/**
 * A page that leads to another one by itself.
 *
 * @param title in a few words
 * @param lead one sentence
 * @param address where it leads
 * @param label of the link for browsers that do not follow by themselves
 */
public record OnwardPage(String title, String lead, String address, String label)
    implements PageModel {

  @Override
  public String template() {
    return "onward.jte";
  }
}
