package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import org.corral.core.UpdateException;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.LimitStep;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private final Script script = new Script();
    private final Transaction transaction = new Transaction();

    private LimitChange change(String name) {
        return new LimitChange() {
            @Override
            public List<LimitStep> steps() {
                return List.of();
            }

            @Override
            public void apply() throws IOException {
                script.enter(name);
            }

            @Override
            public void undo() throws IOException {
                script.enter("undo " + name);
            }
        };
    }

    private void make(String name) throws UpdateException {
        transaction.make(name, () -> change(name));
    }

    private UpdateException failing(String name) {
        return catchThrowableOfType(UpdateException.class, () -> make(name));
    }

    @Test
    void make_oneFails_earlierOnesAreTakenBackInReverse() throws Exception {
        script.fail("c", new IOException("EBUSY"));
        make("a");
        make("b");

        UpdateException failure = failing("c");

        assertThat(script.steps()).containsExactly("a", "b", "c", "undo b", "undo a");
        assertThat(failure).hasMessage("EBUSY");
        assertThat(failure.isolator()).isEqualTo("c");
        assertThat(failure.isUndone()).isTrue();
    }

    @Test
    void make_takingBackFails_theRestIsTakenBackAndItIsTold() throws Exception {
        script.fail("c", new IOException("EBUSY"));
        script.fail("undo b", new IOException("EACCES"));
        make("a");
        make("b");

        UpdateException failure = failing("c");

        assertThat(script.steps()).endsWith("undo b", "undo a");
        assertThat(failure.isUndone()).isFalse();
        assertThat(failure).hasMessageContainingAll("EBUSY", "taking it back failed", "EACCES");
    }

    @Test
    void make_bug_isTakenBackToo() throws Exception {
        script.fail("b", new IllegalStateException("bug"));
        make("a");

        assertThat(failing("b")).hasMessageContaining("bug");

        assertThat(script.steps()).endsWith("undo a");
    }
}
