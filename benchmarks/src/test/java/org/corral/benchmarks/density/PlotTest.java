package org.corral.benchmarks.density;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PlotTest {

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }

    private static String points(Document svg, int line) {
        return svg.getElementsByTagName("polyline")
                .item(line)
                .getAttributes()
                .getNamedItem("points")
                .getNodeValue();
    }

    @Test
    void of_passes_areALineForTheirTimeAndOneForTheCpu() throws Exception {
        Document svg = parse(Plot.of(FiguresTest.GOOD));

        assertThat(points(svg, 0)).isEqualTo("266.7,106.7 533.3,0.0 800.0,80.0");
        assertThat(points(svg, 1)).isEqualTo("266.7,120.0 533.3,0.0 800.0,80.0");
        NodeList texts = svg.getElementsByTagName("text");
        assertThat(texts.item(0).getTextContent()).contains("1000 containers", "Linux 6.18");
        assertThat(svg.getDocumentElement().getTextContent()).contains("3,000", "20.0", "3 s");
    }

    @Test
    void of_noPassOrAllZero_isStillAPicture() throws Exception {
        assertThat(points(parse(Plot.of(List.of(), "none")), 0)).isEmpty();
        assertThat(points(parse(Plot.of(List.of(new PassPoint(1, 0, 0)), "idle")), 0))
                .isEqualTo("800.0,160.0");
    }
}
