/** Remediation: what a run proposes to do about its cases, who approved it, and what really happened. */
@NullMarked
package io.opsiq.actions;

import org.jspecify.annotations.NullMarked;
