/** JSON as other programs see it: snake_case fields, enums as lower-case words, amounts as numbers, moments as ISO text. */
@NullMarked
package io.opsiq.json;

import org.jspecify.annotations.NullMarked;
