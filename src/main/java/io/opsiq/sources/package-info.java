/** Where books come from: files in a folder, as they are or through a mapping, offered as feeds that the engine can read. */
@NullMarked
package io.opsiq.sources;

import org.jspecify.annotations.NullMarked;
