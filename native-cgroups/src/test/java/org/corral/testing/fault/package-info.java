/** A kernel of which one call goes wrong: which one, and how, is chosen by the test. */
@NullMarked
package org.corral.testing.fault;

import org.jspecify.annotations.NullMarked;
