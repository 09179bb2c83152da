/** The folders that come with the program (detectors, mappings, demo books), read the same way from the jar and from disk. */
@NullMarked
package io.opsiq.packaged;

import org.jspecify.annotations.NullMarked;
