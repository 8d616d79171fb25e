package org.corral.it.conformance;

import java.lang.reflect.Method;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests that say of themselves what they prove. */
final class Proof {

    private static final String TESTS = "org.corral.it";

    private Proof() {}

    /** {@return the tests of this suite with a {@link MesosBehaviour}} */
    static List<Method> methods() {
        return ReflectionSupport.findAllClassesInPackage(TESTS, type -> true, name -> true).stream()
                .flatMap(type ->
                        AnnotationSupport.findAnnotatedMethods(
                                type, MesosBehaviour.class, HierarchyTraversalMode.TOP_DOWN)
                                .stream())
                .toList();
    }

    /** {@return the names of the tests of each behaviour} */
    static SortedMap<Integer, SortedSet<String>> byBehaviour() {
        SortedMap<Integer, SortedSet<String>> proofs = new TreeMap<>();
        for (Method method : methods()) {
            for (int number : method.getAnnotation(MesosBehaviour.class).value()) {
                proofs.computeIfAbsent(number, any -> new TreeSet<>()).add(nameOf(method));
            }
        }
        return proofs;
    }

    /** {@return the class and the method, as {@code CpuIT.launch_noLimit_noQuota}} */
    static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
