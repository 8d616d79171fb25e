package org.corral.it;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is below a directory that others may be removing just now: what is gone is left out, and is no error. */
final class Tree extends SimpleFileVisitor<Path> {

    private final Predicate<BasicFileAttributes> wanted;
    private final List<Path> found = new ArrayList<>();

    private Tree(Predicate<BasicFileAttributes> wanted) {
        this.wanted = wanted;
    }

    /** {@return the directories, {@code top} first, every one before what is in it} */
    static List<Path> directories(Path top, int depth) throws IOException {
        return walk(top, depth, BasicFileAttributes::isDirectory);
    }

    /** {@return all that is no directory} */
    static List<Path> files(Path top) throws IOException {
        return walk(top, Integer.MAX_VALUE, attributes -> !attributes.isDirectory());
    }

    private static List<Path> walk(Path top, int depth, Predicate<BasicFileAttributes> wanted) throws IOException {
        Tree tree = new Tree(wanted);
        Files.walkFileTree(top, Set.of(), depth, tree);
        return tree.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return visitFile(directory, attributes);
    }

    /** Also called for the directories at the greatest depth. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (wanted.test(attributes)) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
        return FileVisitResult.CONTINUE;
    }
}
