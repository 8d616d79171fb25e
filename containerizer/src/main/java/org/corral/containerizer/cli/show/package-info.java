/** How commands show amounts, to people and as JSON. */
@NullMarked
package org.corral.containerizer.cli.show;

import org.jspecify.annotations.NullMarked;
