/** Reads short billing texts by rules: what reason they give, how they sound, how risky they are. */
@NullMarked
package io.opsiq.sentiment;

import org.jspecify.annotations.NullMarked;
