/** Notices to people and programs: what is sent, how, and a record of what was sent. */
@NullMarked
package org.consentry.service.notice;

import org.jspecify.annotations.NullMarked;
