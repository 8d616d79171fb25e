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

    /** Links to a directory that has none below it: its name and its own dot. Some file systems say 1, of all. */
    private static final int LINKS_OF_A_LEAF = 2;

    private final Predicate<BasicFileAttributes> wanted;
    private final boolean onlyDirectories;
    private final List<Path> found = new ArrayList<>();

    private Tree(Predicate<BasicFileAttributes> wanted, boolean onlyDirectories) {
        this.wanted = wanted;
        this.onlyDirectories = onlyDirectories;
    }

    /** {@return the directories, {@code top} first, every one before what is in it} */
    static List<Path> directories(Path top, int depth) throws IOException {
        return walk(top, depth, new Tree(BasicFileAttributes::isDirectory, true));
    }

    /** {@return all that is no directory} */
    static List<Path> files(Path top) throws IOException {
        return walk(top, Integer.MAX_VALUE, new Tree(attributes -> !attributes.isDirectory(), false));
    }

    private static List<Path> walk(Path top, int depth, Tree tree) throws IOException {
        Files.walkFileTree(top, Set.of(), depth, tree);
        return tree.found;
    }

    /** There may be thousands of cgroups, each with dozens of files that need not be looked at. */
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        visitFile(directory, attributes);
        return onlyDirectories && isLeaf(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    private static boolean isLeaf(Path directory) {
        try {
            return Files.getAttribute(directory, "unix:nlink").equals(LINKS_OF_A_LEAF);
        } catch (IOException e) {
            return true; // it is gone
        }
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
