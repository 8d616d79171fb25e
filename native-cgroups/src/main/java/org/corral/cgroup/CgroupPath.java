package org.corral.cgroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.corral.core.text.Quoted;

/**
 * Where a cgroup is below the mount point of a hierarchy: {@code /} or {@code /corral/a}. The same path is used in all
 * hierarchies. Immutable.
 *
 * @param elements the names on the way, none for the top
 */
public record CgroupPath(List<String> elements) {

    /** The top of a hierarchy. */
    public static final CgroupPath TOP = new CgroupPath(List.of());

    /** NAME_MAX of limits.h, in bytes: more characters are more bytes still. */
    private static final int LONGEST_NAME = 255;

    /** Refuses names that would lead elsewhere. */
    public CgroupPath {
        elements = List.copyOf(elements);
        elements.forEach(CgroupPath::requireName);
    }

    /**
     * Parses a path; a slash at its start or end changes nothing.
     *
     * @throws IllegalArgumentException for an element that is empty, {@code .} or {@code ..}, or holds a control character
     */
    public static CgroupPath of(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return TOP;
        }
        String inner = path.replaceFirst("^/", "").replaceFirst("/$", "");
        return new CgroupPath(Arrays.asList(inner.split("/", -1)));
    }

    /** {@return the path of a cgroup right below} */
    public CgroupPath child(String name) {
        return new CgroupPath(Stream.concat(elements.stream(), Stream.of(name)).toList());
    }

    /**
     * {@return the path of the cgroup right above}
     *
     * @throws IllegalStateException at the top
     */
    public CgroupPath parent() {
        return new CgroupPath(elements.subList(0, lastIndex()));
    }

    /**
     * {@return the last element}
     *
     * @throws IllegalStateException at the top
     */
    public String name() {
        return elements.get(lastIndex());
    }

    /** {@return all paths from right below the top to this one} */
    List<CgroupPath> steps() {
        List<CgroupPath> steps = new ArrayList<>();
        for (int length = 1; length <= elements.size(); length++) {
            steps.add(new CgroupPath(elements.subList(0, length)));
        }
        return steps;
    }

    private int lastIndex() {
        if (elements.isEmpty()) {
            throw new IllegalStateException("the top of a hierarchy has no name and no parent");
        }
        return elements.size() - 1;
    }

    /** {@return the path, starting with a slash} */
    @Override
    public String toString() {
        return "/" + String.join("/", elements);
    }

    /**
     * {@return the name}
     *
     * @throws IllegalArgumentException if it is not one name of a file or directory
     */
    static String requireName(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a name of " + name.length()
                    + " characters is none of a cgroup or of a file in one: they have at most " + LONGEST_NAME);
        }
        boolean leadsElsewhere = name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0;
        if (leadsElsewhere || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(Quoted.of(name) + " is no name of a cgroup or of a file in one");
        }
        return name;
    }
}
