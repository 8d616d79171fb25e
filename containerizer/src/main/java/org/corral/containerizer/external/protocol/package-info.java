/** What agents and external containerizer programs tell each other, in the vocabulary of Corral and back. */
@NullMarked
package org.corral.containerizer.external.protocol;

import org.jspecify.annotations.NullMarked;
