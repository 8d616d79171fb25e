package org.corral.it;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips, or fails, the tests whose {@link Requires} the host does not meet, and writes all skips down. */
final class RequiresExtension implements ExecutionCondition, TestWatcher {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(RequiresExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        SkipReport report = report(context);
        Optional<String> reason = AnnotationSupport.findAnnotation(context.getElement(), Requires.class)
                .flatMap(requires -> Needs.ofThisRun().reasonToSkip(List.of(requires.value())));
        reason.ifPresent(text -> report.skipped(nameOf(context), text));
        return reason.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("all needs are met"));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        report(context).skipped(nameOf(context), reason.orElse("disabled"));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        report(context).skipped(nameOf(context), String.valueOf(cause.getMessage()));
    }

    /** Lives in the root, which JUnit closes after the last test. */
    private static SkipReport report(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(SkipReport.class, key -> new SkipReport(System.out), SkipReport.class);
    }

    private static String nameOf(ExtensionContext context) {
        String testClass = context.getRequiredTestClass().getSimpleName();
        return context.getTestMethod()
                .map(method -> testClass + "." + method.getName())
                .orElse(testClass);
    }
}
