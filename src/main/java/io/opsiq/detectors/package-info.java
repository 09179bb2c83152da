/** The detector pack: loads and checks it, runs it on the books, counts money once, and hands out findings. */
@NullMarked
package io.opsiq.detectors;

import org.jspecify.annotations.NullMarked;
