package org.corral.containerizer.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/**
 * The log of a command line: warnings to standard error, in the form of all other messages. Set up by code, because a
 * {@code logback.xml} in this library would be found by agents too, and because parsing one takes time.
 */
final class Logging {

    private static final String FOR_USERS = "corral: %msg%n%nopex";
    private static final String FOR_DEBUGGING = "corral: %d{HH:mm:ss.SSS} %-5level %logger{0} [%thread] %msg%n";

    private Logging() {}

    static void configure(boolean debug) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.setLevel(debug ? Level.DEBUG : Level.WARN);
            root.addAppender(standardError(context, debug ? FOR_DEBUGGING : FOR_USERS));
        }
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
