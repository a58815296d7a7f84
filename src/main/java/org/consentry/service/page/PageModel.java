package org.consentry.service.page;

/** What one page shows. */
public interface PageModel {

  /** The file of its template, which has the parameters {@code frame} and {@code page}. */
  String template();
}
