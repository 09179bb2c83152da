/** Cases: a finding's lasting identity, its score and rank, its life from run to run. */
@NullMarked
package io.opsiq.cases;

import org.jspecify.annotations.NullMarked;
