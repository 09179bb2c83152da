/** The pages in the browser: thin controllers over the core, templates, and what keeps a page safe. */
@NullMarked
package io.opsiq.web;

import org.jspecify.annotations.NullMarked;
