/** OpsIQ: finds the money that billing loses. The composition root; each sub-package is a module. */
@NullMarked
package io.opsiq;

import org.jspecify.annotations.NullMarked;
