/** Makes the manifest, membership and figures of a release, and signs and publishes it. */
@NullMarked
package org.consentry.export.seal;

import org.jspecify.annotations.NullMarked;
