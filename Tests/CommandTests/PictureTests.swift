import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Pictures beyond the network: situations, classes, criteria, and PNG.
@Suite struct PictureTests {
  private static func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

  @Test func drawsASituation() throws {
    let folder = try Folder(["weather.yaml": ShowTests.weather])
    let arguments = ["show", "weather.yaml", "--svg", "--given", "crop=good", "--do", "rain=yes"]
    let run = try Tool.run(arguments, in: folder)
    #expect(run.status == 0 && run.standardError == "")
    #expect(Self.isWellFormed(run.standardOutput))
    // Rain is set and tells nothing; P(cold | good crop, do(rain)) = 0.25 · 0.5 / (0.25 · 0.5 + 0.75 · 0.4) = 5/17.
    for text in ["given crop=good, do(rain=yes); light: without it", "29.4%", "25.0%", "100%"] {
      #expect(run.standardOutput.contains(">\(text)</text>"), "\(text)")
    }
    let impossible = try Tool.run(
      ["show", "weather.yaml", "--svg", "--given", "crop=fair,rain=no,climate=cold"], in: folder)
    #expect(impossible.status == 65 && impossible.standardOutput == "")
  }

  @Test func drawsClassesAndTheirNetwork() throws {
    let folder = try Folder(NumberExamples.files)
    let classes = try Tool.run("show", "plants.yaml", "--svg", in: folder).standardOutput
    #expect(Self.isWellFormed(classes))
    #expect(classes.contains(">kind: 2 classes, 3 variables</text>") && classes.contains(">mean 10, sd 2</text>"))
    let some = try Tool.run("show", "plants.yaml", "--svg", "--of", "height", in: folder).standardOutput
    #expect(some.contains(">kind: 2 classes, 1 of 3 variables</text>") && !some.contains(">leaf</text>"))
    for options in [["--network"], ["--given", "leaf=large"]] {
      let network = try Tool.run(["show", "plants.yaml", "--svg"] + options, in: folder).standardOutput
      #expect(network.contains(">4 variables, 3 edges</text>"), "\(options)")
    }
    #expect(try Tool.run("show", "plants.yaml", "--dot", in: folder).standardOutput.contains("mean 15, sd 5.39"))
  }

  @Test func drawsCriteriaOverSizes() throws {
    let folder = try CompareTests.carcinoma()
    let run = try Tool.run(
      "compare", "class.yaml", "carcinoma.csv", "--components", "1...3", "--starts", "2", "--svg", "c.svg", in: folder)
    #expect(run.status == 0 && run.standardOutput.contains("best by BIC: 3"))
    let picture = try #require(folder.text(of: "c.svg"))
    #expect(Self.isWellFormed(picture))
    for text in ["AIC", "BIC", "ICL", "number of states", "information criteria, smaller is better; best by BIC: 3"] {
      #expect(picture.contains(">\(text)</text>"), "\(text)")
    }
    let nowhere = try Tool.run("compare", "class.yaml", "carcinoma.csv", "--svg", "no/c.svg", in: folder)
    #expect(nowhere == Refusal(73, [], "no/c.svg: there is no such directory; create it first").run)
    let mixed = try Tool.run("compare", "class.yaml", "carcinoma.csv", "--svg", "-", in: folder)
    #expect(mixed.status == 64 && mixed.standardError.contains("--svg - and the report would mix on standard output"))
  }

  /// A program that draws is found by its name; ours writes the first bytes of every PNG file.
  private static let converter = """
    #!/bin/sh
    for word in "$@"; do
      case $word in --output=*) out=${word#--output=};; *.svg) in=$word;; esac
    done
    grep -q '</svg>' "$in" && printf '\\211PNG\\r\\n' > "$out"

    """

  @Test func picturesAreConvertedByWhatIsInstalled() throws {
    let (folder, programs) = (try Folder(["weather.yaml": ShowTests.weather]), try Folder())
    try programs.write(Self.converter, to: "rsvg-convert")
    let path = programs.url.appending(path: "rsvg-convert").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let arguments = ["show", "weather.yaml", "--png", "w.png"]
    let found = ["PATH": "\(programs.url.path):/usr/bin:/bin"]
    #expect(
      try Tool.run(arguments, in: folder, environment: found)
        == ToolRun(status: 0, standardOutput: "", standardError: ""))
    #expect(
      try Data(contentsOf: folder.url.appending(path: "w.png"))
        == Data("\u{89}PNG\r\n".unicodeScalars.map { UInt8($0.value) }))
    #expect(folder.files == ["w.png", "weather.yaml"])
    #expect(
      try Tool.run(["show", "weather.yaml", "--png", "no/w.png"], in: folder, environment: found)
        == Refusal(73, [], "no/w.png: there is no such directory; create it first").run)
  }

  #if os(Linux)
    @Test func withoutAProgramThereIsASentence() throws {
      let folder = try Folder(["weather.yaml": ShowTests.weather])
      let run = try Tool.run(
        ["show", "weather.yaml", "--png", "w.png"], in: folder, environment: ["PATH": folder.url.path])
      #expect(
        run
          == Refusal(
            73, [],
            "w.png: no program that draws SVG was found (rsvg-convert, chromium, chromium-browser, google-chrome); "
              + "install one of them, or write the picture with --svg, which every browser opens"
          ).run)
      #expect(folder.files == ["weather.yaml"])
    }
  #endif
}
