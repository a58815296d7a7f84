package org.consentry.release;

import org.consentry.release.page.Page;

/** The look of the pages of a release, for other pages of the same house. */
public final class PageStyle {

  /** The style sheet. */
  public static final String TEXT = Page.STYLE;

  /** What a page of a release may load: its one style, by digest. */
  public static final String POLICY = Page.POLICY;

  private PageStyle() {}
}
