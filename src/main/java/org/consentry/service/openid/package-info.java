/** Signs people in by an OpenID provider: asks it who a person is, and checks what it answers. */
@NullMarked
package org.consentry.service.openid;

import org.jspecify.annotations.NullMarked;
