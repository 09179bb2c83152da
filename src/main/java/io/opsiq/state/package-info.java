/** Where decisions live: one SQLite database a state folder, its migrations, transactions and the lock that lets one run at a time. Knows no feature. */
@NullMarked
package io.opsiq.state;

import org.jspecify.annotations.NullMarked;
