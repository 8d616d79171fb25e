package org.corral.containerizer.external.protocol;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a release of Mesos, as its own jar has them, with the protobuf that it was built for. Both are in a class
 * loader of their own: releases cannot share one, nor one with Corral. The build puts the jars into {@code target/peers}.
 */
final class MesosPeer {

    private static final String CALLS = "org.apache.mesos.containerizer.Protos$";
    private static final String VOCABULARY = "org.apache.mesos.Protos$";
    private static final Path JARS = Path.of(System.getProperty("basedir", ""), "target", "peers");

    private final ClassLoader loader;

    private MesosPeer(ClassLoader loader) {
        this.loader = loader;
    }

    @SuppressWarnings("BanClassLoader") // jars that the build has put there
    static MesosPeer of(String release) throws MalformedURLException {
        URL[] jars = {jar("mesos-" + release + ".jar"), jar("protobuf-java-2.5.0.jar")};
        return new MesosPeer(new URLClassLoader(jars, ClassLoader.getPlatformClassLoader()));
    }

    private static URL jar(String name) throws MalformedURLException {
        Path jar = JARS.resolve(name);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run the tests with Maven, which puts it there");
        }
        return jar.toUri().toURL();
    }

    private Class<?> type(String message) throws ClassNotFoundException {
        try {
            return loader.loadClass(CALLS + message);
        } catch (ClassNotFoundException e) {
            return loader.loadClass(VOCABULARY + message);
        }
    }

    /** {@return a message of the peer's, read from bytes} */
    Object parse(String message, byte[] bytes) throws ReflectiveOperationException {
        return type(message).getMethod("parseFrom", byte[].class).invoke(null, (Object) bytes);
    }

    /** {@return the bytes of a message that the peer has made from its text form} */
    byte[] bytes(String message, String text) throws ReflectiveOperationException {
        Object builder = type(message).getMethod("newBuilder").invoke(null);
        Class<?> anyBuilder = loader.loadClass("com.google.protobuf.Message$Builder");
        loader.loadClass("com.google.protobuf.TextFormat")
                .getMethod("merge", CharSequence.class, anyBuilder)
                .invoke(null, text, builder);
        return bytes(call(builder, anyBuilder, "build"));
    }

    /** {@return the bytes of a message of the peer's} */
    byte[] bytes(Object message) throws ReflectiveOperationException {
        return (byte[]) call(message, loader.loadClass("com.google.protobuf.MessageLite"), "toByteArray");
    }

    /** {@return a field of a message, or whether it has it, by the name of its method} */
    static Object get(Object message, String method) throws ReflectiveOperationException {
        return call(message, message.getClass(), method);
    }

    private static Object call(Object target, Class<?> type, String method) throws ReflectiveOperationException {
        try {
            return type.getMethod(method).invoke(target);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " failed", e.getCause());
        }
    }

    /** {@return the fields of a message as {@code name=number}} */
    List<String> fields(String message) throws ReflectiveOperationException {
        Object descriptor = type(message).getMethod("getDescriptor").invoke(null);
        return namesAndNumbers((List<?>) get(descriptor, "getFields"));
    }

    /** {@return the values of an enumeration as {@code NAME=number}} */
    List<String> values(String enumeration) throws ReflectiveOperationException {
        Object descriptor = type(enumeration).getMethod("getDescriptor").invoke(null);
        return namesAndNumbers((List<?>) get(descriptor, "getValues"));
    }

    private static List<String> namesAndNumbers(List<?> descriptors) throws ReflectiveOperationException {
        List<String> all = new ArrayList<>();
        for (Object descriptor : descriptors) {
            all.add(get(descriptor, "getName") + "=" + get(descriptor, "getNumber"));
        }
        return all;
    }
}
