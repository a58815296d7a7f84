package org.consentry.service.page;

/**
 * The first page.
 *
 * @param person who is signed in
 * @param token proves that a form is of this service
 */
public record OverviewPage(String person, String token) {}
