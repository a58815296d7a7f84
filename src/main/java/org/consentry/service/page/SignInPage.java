package org.consentry.service.page;

/**
 * The page where a person signs in.
 *
 * @param hasFailed whether the last try was refused
 * @param token proves that a form is of this service
 */
public record SignInPage(boolean hasFailed, String token) {}
