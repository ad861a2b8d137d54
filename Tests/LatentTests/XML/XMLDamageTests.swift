import Latent
import LatentKernels
import Testing

/// Whatever happens to a file in XML, reading it ends with a sentence or a model that comes back with all that is kept.
@Suite struct XMLDamageTests {
  static let files: [(ModelFormat, String)] = [
    (.xdsl, XDSLDialectTests.genie), (.xdsl, XDSLOrderTests.file(.first, app: "aGrUM")),
    (.xmlbif, XMLBIFDialectTests.javaBayes), (.xmlbif, XMLBIFDialectTests.threeByThree),
  ]

  static let pieces = [
    "<", ">", "/>", "&amp;", "&#13;", "<!-- order of the variables: Wet Rain -->", "<!-- c -->", " a='1'", " p:q='1'",
    "<![CDATA[ ]]>", "<?pi?>", "x_", "_x0041_", " ", "\n", "<a/>", "<genie/>", "<node id='Rain'/>", "é", "0", ".",
    "<state id='q' z='1'/>", " id='Wet'", "Wet",
    "<cpt id='z'><state id='a'/><parents>Rain Wet</parents><probabilities>1 1 1 1</probabilities></cpt>",
  ]

  @Test(arguments: 0..<8) func isReadOrRefused(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<400 {
      let (format, text) = try #require(Self.files.randomElement(using: &random))
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&bytes, &random) }
      let file: ModelFile
      do { file = try format.parse(bytes, file: "damaged") } catch {
        #expect(!error.message.isEmpty && !error.description.contains("\n"))
        continue
      }
      let written = try format.text(of: file.model, carrying: file.annotations)
      let again = try format.parse(Array(written.text.utf8), file: "again")
      #expect(again.model == file.model, "\(String(decoding: bytes, as: UTF8.self))")
      // A file without an extension of GeNIe gets one; from then on nothing changes.
      #expect(again.annotations.count >= file.annotations.count)
      let third = try format.text(of: again.model, carrying: again.annotations)
      #expect(try format.parse(Array(third.text.utf8), file: "third").annotations == again.annotations)
    }
  }

  private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...60, using: &random))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &random))
    case 2: bytes.removeSubrange(place..<end)
    default: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: place)
    }
  }
}
