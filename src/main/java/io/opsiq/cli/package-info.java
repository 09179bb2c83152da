/** The command line: thin commands that call the core and print what it answers. */
@NullMarked
package io.opsiq.cli;

import org.jspecify.annotations.NullMarked;
