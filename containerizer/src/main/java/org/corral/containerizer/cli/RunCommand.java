package org.corral.containerizer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.corral.cgroup.InternalProcesses;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Rlimit;
import org.corral.core.Termination;
import org.corral.core.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code corral run}: runs a command in a new container, and exits as it did. */
@Command(
        name = "run",
        customSynopsis = "corral run [OPTION...] [--] COMMAND [ARG...]",
        description = "Run a command in a new container and exit as it does.",
        footer = {
            "",
            "Exit code: the command's; 128 and the number of the signal that ended it; 125 if",
            "Corral failed, 126 if the command cannot be executed, 127 if it is not found (no",
            "report is written in these three cases)."
        })
final class RunCommand implements Callable<Integer> {

    private static final int STANDARD_ERROR = 2;

    private final Host host;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Mixin
    private final ResourceOptions resourceOptions = new ResourceOptions();

    @Mixin
    private final StreamOptions streams = new StreamOptions();

    @Mixin
    private final EnvironmentOptions environment = new EnvironmentOptions();

    @Option(names = "--id", paramLabel = "ID", description = "The container's name (default: a new one).")
    private Optional<ContainerId> id = Optional.empty();

    @Mixin
    private final IsolationOptions isolationOptions = new IsolationOptions();

    @Option(names = "--user", paramLabel = "USER[:GROUP]", description = "Run as this user, by name or number.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--directory", paramLabel = "DIR", description = "Run in this working directory.")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "End it after this time, as 10s, 2m or 1h30m.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(
            names = "--stop-timeout",
            paramLabel = "TIME",
            description = "How long it may take to end after SIGTERM before it is killed (default: 5s).")
    private Duration stopTimeout = Duration.ofSeconds(5);

    @Option(names = "--stats", description = "Tell what it uses: live on a terminal, and at its end.")
    private boolean stats;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at its end; - for stdout.")
    private Optional<String> report = Optional.empty();

    @Option(
            names = "--ulimit",
            paramLabel = "NAME=SOFT[:HARD]",
            description = "Limit each single process, as nofile=1024. May be repeated.")
    private List<Ulimit> ulimits = new ArrayList<>();

    @Option(
            names = "--oom-score-adj",
            paramLabel = "N",
            description = "Who goes when the host is out of memory: -1000 (last) to 1000 (first).")
    private Optional<Integer> oomScoreAdj = Optional.empty();

    @Option(
            names = "--mem-floor",
            paramLabel = "SIZE",
            description = "The least that memory limits are set to (default: 32M).")
    private DataSize memoryFloor = DataSize.ofMebibytes(32);

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The program and its arguments.")
    private List<String> command = new ArrayList<>();

    RunCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        LaunchRequest request = request();
        Optional<ReportTarget> target = report.map(ReportTarget::new);
        if (target.isPresent()) {
            target.get().check();
        }
        CorralOptions options = isolationOptions
                .addTo(hostOptions.options(host), request.resources())
                .withMemoryFloor(memoryFloor);
        try (Corral corral = Corral.open(host.linux(), options)) {
            remark(corral, request);
            Termination termination = run(corral, request);
            tell(termination);
            if (target.isPresent()) {
                List<String> names = corral.containment().names();
                target.get().write(new Report(command, names, termination).text(), host.out());
            }
            return exitCode(termination);
        }
    }

    /** {@return what to launch, after every check that can be made before anything is} */
    private LaunchRequest request() throws IOException {
        streams.check();
        if (directory.isPresent()) {
            FileChecks.requireFolder("--directory", directory.get());
        }
        resourceOptions.requireDirectory(directory);
        if (timeout.isPresent() && timeout.get().isZero()) {
            throw new IllegalArgumentException("--timeout 0 would let nothing run: give a time above 0, as 10s");
        }
        LaunchRequest.Builder request = LaunchRequest.builder(command)
                .environment(environment.environment(
                        new BasicEnvironment(host.linux(), host.environment()).variables(user), host.environment()))
                .resources(resourceOptions.resources(host.linux()))
                .rlimits(rlimits())
                .session(
                        streams.reachTerminal(host.linux())
                                ? LaunchRequest.Session.INHERIT
                                : LaunchRequest.Session.OWN);
        streams.addTo(request);
        directory.ifPresent(request::directory);
        user.ifPresent(request::user);
        oomScoreAdj.ifPresent(request::oomScoreAdj);
        return request.build();
    }

    private Map<Rlimit, Rlimit.Limits> rlimits() {
        Map<Rlimit, Rlimit.Limits> limits = new EnumMap<>(Rlimit.class);
        ulimits.forEach(ulimit -> limits.put(ulimit.resource(), ulimit.limits()));
        return limits;
    }

    /** What was chosen for the user is remarked by who chose; what the user chose, here. */
    private void remark(Corral corral, LaunchRequest request) throws IOException {
        corral.containment().remarks().forEach(host::say);
        corral.internalProcesses()
                .filter(found -> found.leaf().isPresent()) // otherwise the launch itself tells
                .map(InternalProcesses::consequence)
                .ifPresent(host::say);
        List<String> names = corral.containment().names();
        UnenforcedLimits unenforced = UnenforcedLimits.of(request.resources(), names);
        (isolationOptions.isAuto() ? unenforced.unremarkedByAuto() : unenforced)
                .remark()
                .ifPresent(host::say);
    }

    private Termination run(Corral corral, LaunchRequest request) throws IOException {
        ContainerId name = id.orElseGet(NewId::make);
        Optional<SharedTerminal> terminal = request.session() == LaunchRequest.Session.INHERIT
                ? SharedTerminal.share(host.terminal().get())
                : Optional.empty();
        LiveLine line = new LiveLine(corral.containerizer(), name, host.err());
        try (DaemonTimer timer = new DaemonTimer();
                ForegroundRun run =
                        new ForegroundRun(corral.containerizer(), name, request, timeout, stopTimeout, timer)) {
            run.listen(new JvmSignals());
            run.launch();
            if (stats && host.linux().processes().isTerminal(STANDARD_ERROR)) {
                timer.every(Duration.ofSeconds(1), line::update);
            }
            Termination termination = run.await();
            terminal.ifPresent(shared -> shared.restoreAfter(termination.status()));
            return termination;
        } finally {
            line.close();
        }
    }

    private void tell(Termination termination) {
        termination.limitations().stream().map(Limitation::message).forEach(host::say);
        if (stats) {
            host.say(UsageLine.of(termination));
        }
    }

    private int exitCode(Termination termination) throws IOException {
        return termination
                .status()
                .map(ExitStatus::shellCode)
                .orElseThrow(() -> new IOException(
                        "container " + termination.id() + " has ended, but the kernel does not tell how"));
    }
}
