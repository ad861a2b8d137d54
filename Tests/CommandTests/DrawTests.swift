import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `show --svg` and `show --dot`.
@Suite struct DrawTests {
  @Test func writesForGraphviz() throws {
    let folder = try Folder(["weather.yaml": ShowTests.weather])
    let table = "<table border=\"0\" cellborder=\"0\" cellspacing=\"2\" cellpadding=\"1\">"
    func head(_ name: String) -> String { "<tr><td colspan=\"2\"><b>\(name)</b></td></tr>" }
    func row(_ state: String, _ share: String) -> String {
      "<tr><td align=\"left\">\(state)</td><td align=\"right\">\(share)</td></tr>"
    }
    let climate = head("climate") + row("cold", "25.0%") + row("warm", "75.0%")
    let rain = head("rain") + row("no", "87.5%") + row("yes", "12.5%")
    let crop = head("crop") + row("poor", "22.5%") + row("fair", "18.8%") + row("good", "58.7%")
    #expect(
      try Tool.run("show", "weather.yaml", "--dot", in: folder)
        == ToolRun(
          status: 0,
          standardOutput: """
            digraph "weather" {
              rankdir=TB;
              node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];
              "climate" [label=<\(table)\(climate)</table>>, style="rounded,dashed"];
              "rain" [label=<\(table)\(rain)</table>>];
              "crop" [label=<\(table)\(crop)</table>>, peripheries=2];
              "climate" -> "rain";
              "climate" -> "crop";
              "rain" -> "crop";
            }

            """, standardError: ""))
  }

  @Test func drawsWithProbabilities() throws {
    let folder = try Folder(["weather.yaml": ShowTests.weather])
    let run = try Tool.run("show", "weather.yaml", "--svg", in: folder)
    #expect(run.status == 0 && run.standardError == "")
    #expect(XMLParser(data: Data(run.standardOutput.utf8)).parse())
    for text in ["weather", "3 variables, 3 edges", "climate", "25.0%", "87.5%", "p(crop | climate, rain)"] {
      #expect(run.standardOutput.contains(">\(text)</text>"), "\(text)")
    }
    #expect(try Tool.run("show", "-", "--svg", input: ShowTests.weather, in: folder).status == 0)
  }

  /// A variable has a distribution where it and all that it depends on have tables.
  @Test func drawsWhatHasNoParameters() throws {
    let document = """
      latent: 1
      variables:
        a: {states: [a1, a2]}
        b: {states: [b1, b2]}
        c: {states: [c1, c2]}
        d: {states: [d1, d2]}
      edges: [a -> b, b -> c, a -> d]
      parameters:
        a: [0.25, 0.75]
        c: {b1: [0.5, 0.5], b2: [0.5, 0.5]}
        d: {a1: [1, 0], a2: [0, 1]}

      """
    let folder = try Folder(["m.yaml": document])
    let dot = try Tool.run("show", "m.yaml", "--dot", in: folder)
    #expect(dot.status == 0 && dot.standardError == "")
    for state in ["a1", "d1"] {
      #expect(dot.standardOutput.contains("\(state)</td><td align=\"right\">25.0%"), "\(state)")
    }
    for state in ["b1", "c1"] { #expect(dot.standardOutput.contains("\(state)</td></tr>"), "\(state)") }
    let none = "latent: 1\nvariables: {a: {states: [x, y]}}\n"
    let svg = try Tool.run("show", "-", "--svg", input: none, in: folder)
    #expect(svg.status == 0 && svg.standardError == "")
    #expect(XMLParser(data: Data(svg.standardOutput.utf8)).parse())
    #expect(!svg.standardOutput.contains("%"))
  }

  /// Each pair of eighteen roots has a child: the roots are one clique of 2^18 joint states, 2 MiB.
  @Test func drawsWithoutProbabilitiesAboveTheMemoryLimit() throws {
    let roots = (0..<18).map { "r\($0)" }
    var variables = roots.map { "  \($0): {states: [x, y]}" }
    var edges: [String] = []
    var parameters = roots.map { "  \($0): [0.5, 0.5]" }
    for (index, a) in roots.enumerated() {
      for b in roots[..<index] {
        let child = "\(a)\(b)"
        variables.append("  \(child): {states: [x, y]}")
        edges += ["  - \(a) -> \(child)", "  - \(b) -> \(child)"]
        parameters.append("  \(child): {x: {x: [0, 1], y: [1, 0]}, y: {x: [1, 0], y: [0, 1]}}")
      }
    }
    let parts = [["latent: 1", "variables:"], variables, ["edges:"], edges, ["parameters:"], parameters]
    let folder = try Folder(["m.yaml": parts.joined().joined(separator: "\n") + "\n"])
    let run = try Tool.run("show", "m.yaml", "--svg", "--memory-limit", "1", in: folder)
    #expect(run.status == 0)
    #expect(run.standardError.hasPrefix("m.yaml: drawn without probabilities, since exact inference needs one table"))
    #expect(!run.standardOutput.contains("class=\"bar\""))
    #expect(run.standardOutput.contains(">r17r16</text>"))
    let quiet = try Tool.run("show", "m.yaml", "--svg", "--memory-limit", "1", "--quiet", in: folder)
    #expect(quiet == ToolRun(status: 0, standardOutput: run.standardOutput, standardError: ""))
  }

  @Test(arguments: [
    Refusal(64, ["--svg", "--dot"], "--svg and --dot are different documents; ask for one of them"),
    Refusal(64, ["--json", "--svg"], "--json and --svg are different documents; ask for one of them"),
    Refusal(64, ["--json", "--dot"], "--json and --dot are different documents; ask for one of them"),
    Refusal(64, ["--svg", "--png", "a.png"], "--svg and --png are different documents; ask for one of them"),
    Refusal(64, ["--svg", "--all"], "--svg draws no long tables; leave out --all"),
    Refusal(64, ["--png", "a.svg"], "--png a.svg: expected a name that ends in .png"),
    Refusal(64, ["--network"], "--network is about drawings; add --svg or --png, or leave it out"),
    Refusal(
      64, ["--given", "rain=yes"],
      "a situation is drawn with --svg, --png or --dot; query prints its probabilities"),
  ]) func refuses(_ refusal: Refusal) throws {
    let folder = try Folder(["weather.yaml": ShowTests.weather])
    let run = try Tool.run(["show", "weather.yaml"] + refusal.arguments, in: folder)
    #expect(run.status == refusal.status)
    #expect(run.standardOutput == "")
    #expect(run.standardError.hasPrefix("Error: \(refusal.sentence)\n"))
  }
}
