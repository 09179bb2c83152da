/** The language-model port: a typed question, an answer that was checked, the rules where there is none, and a log of what was said. */
@NullMarked
package io.opsiq.reasoning;

import org.jspecify.annotations.NullMarked;
