package org.consentry.service.page;

/**
 * Where a person signs in.
 *
 * @param action where the form is sent; empty when no person has a password
 * @param remark why the person has to sign in again; empty when there is nothing to remark
 * @param providerPath where sign-in by OpenID Connect begins; empty when there is none
 */
public record SignInPage(String action, String remark, String providerPath) implements PageModel {

  @Override
  public String template() {
    return "signin.jte";
  }
}
