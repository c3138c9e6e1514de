package dev.steward.reports;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A page taken apart by a strict parser: our template is well-formed XML once the contents of its script elements,
 * which follow other rules, are set aside. A page that is not well-formed fails the test that asked for it.
 */
record PageDom(String html, Document document, List<String> scripts) {
    private static final Pattern SCRIPT = Pattern.compile("(<script[^>]*>)(.*?)(</script>)", Pattern.DOTALL);

    static PageDom of(String html) {
        List<String> scripts = new ArrayList<>();
        Matcher matcher = SCRIPT.matcher(html);
        String rest = matcher.replaceAll(match -> {
            scripts.add(match.group(2));
            return Matcher.quoteReplacement(match.group(1) + match.group(3));
        });
        try {
            return new PageDom(html, DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(rest))), scripts);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    List<Element> elements(String tag) {
        return listOf(document.getElementsByTagName(tag));
    }

    List<String> texts(String tag) {
        return elements(tag).stream().map(element -> element.getTextContent().strip()).toList();
    }

    /** Rows of a table with one cell per column, heads and groups left out. */
    List<List<String>> rows(String tableId) {
        List<List<String>> rows = new ArrayList<>();
        for (Element row : elements("tr")) {
            Element table = (Element) row.getParentNode().getParentNode();
            if (table.getAttribute("id").equals(tableId) && row.getElementsByTagName("td").getLength() > 0) {
                List<String> cells = new ArrayList<>();
                listOf(row.getElementsByTagName("*")).forEach(cell -> cells.add(cell.getTextContent().strip()));
                rows.add(cells);
            }
        }
        return rows;
    }

    private static List<Element> listOf(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
