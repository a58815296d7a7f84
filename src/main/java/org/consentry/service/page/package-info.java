/** Pages of the service, and the same pages as files: models and their templates. */
@NullMarked
package org.consentry.service.page;

import org.jspecify.annotations.NullMarked;
