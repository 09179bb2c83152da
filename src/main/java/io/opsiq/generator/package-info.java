/**
 * Large books as real companies have them, with known leaks and look-alikes in them, and the truth about both beside them. Written
 * from the contract and the catalogue of leaks alone: nothing of the detectors is used here, neither code nor limits.
 */
@NullMarked
package io.opsiq.generator;

import org.jspecify.annotations.NullMarked;
