/** The pages of the service: plain models, and templates that render them. */
@NullMarked
package org.consentry.service.page;

import org.jspecify.annotations.NullMarked;
