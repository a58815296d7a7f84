package org.consentry.service;

import java.security.Principal;
import org.consentry.service.page.OverviewPage;
import org.consentry.service.page.ServicePages;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The first page: what runs, what is due, and what waits for whom. */
@Controller
final class OverviewController {

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  byte[] overview(CsrfToken token, Principal person) {
    return ServicePages.overview(new OverviewPage(person.getName(), token.getToken()));
  }
}
