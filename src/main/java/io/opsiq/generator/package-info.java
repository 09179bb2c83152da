/**
 * Large books as real companies have them, with known leaks and look-alikes in them, and the truth about both beside them. Nothing of
 * the detectors is used here, neither code nor limits: what is planted follows the words of the contract and of the catalogue of leaks.
 */
@NullMarked
package io.opsiq.generator;

import org.jspecify.annotations.NullMarked;
