package org.corral.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.corral.harness.LinePlot.Panel;
import org.corral.harness.LinePlot.Point;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LinePlotTest {

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)))
                .getDocumentElement();
    }

    private static String points(Element svg, int line) {
        return svg.getElementsByTagName("polyline")
                .item(line)
                .getAttributes()
                .getNamedItem("points")
                .getNodeValue();
    }

    @Test
    void of_severalPanels_eachIsALineUpToItsMost() throws Exception {
        Panel steps = new Panel("steps", List.of(new Point(5, 1000), new Point(10, 2000)));
        Panel heap = new Panel("MiB of heap", List.of(new Point(5, 8), new Point(10, 6)));
        Element svg = parse(LinePlot.of("a run", List.of(steps, heap, heap)));
        assertThat(points(svg, 0)).isEqualTo("400.0,80.0 800.0,0.0");
        assertThat(points(svg, 1)).isEqualTo("400.0,0.0 800.0,40.0");
        assertThat(svg.getTextContent()).contains("a run", "steps", "2,000", "MiB of heap", "8.0", "10 s");
        assertThat(svg.getAttribute("viewBox")).isEqualTo("-70 0 900 700");
    }

    @Test
    void of_noPointOrAllZero_isStillAPicture() throws Exception {
        Panel none = new Panel("none", List.of());
        Panel zero = new Panel("zero", List.of(new Point(1, 0)));
        Element svg = parse(LinePlot.of("nothing", List.of(none, zero)));
        assertThat(points(svg, 0)).isEmpty();
        assertThat(points(svg, 1)).isEqualTo("800.0,160.0");
    }
}
