import Latent
import Testing

/// Properties and comments come back with the block in which they stood.
@Suite struct BIFAnnotationTests {
  static let text = """
    // a header
    // of two lines
    network garden {
      property author "me; you";
    }
    /* of the
       rain */
    variable rain {
      property position = (10, 20);
      property colour;
      type discrete [ 2 ] { no, yes };
    }
    // estimated
    probability ( rain ) {
      property source "a // b";
      table 0.7, 0.3;
    }
    // the end

    """

  private func read(_ text: String) throws -> ModelFile {
    try ModelFormat.bif.parse(Array(text.utf8), file: "garden.bif")
  }

  @Test func comeBackAsTheyWere() throws {
    let file = try read(Self.text)
    #expect(file.annotations.count == 9)
    #expect(file.warnings == [])
    #expect(try ModelFormat.bif.text(of: file.model, carrying: file.annotations).text == Self.text)
  }

  @Test func comeBackFromAnyPlace() throws {
    let scattered = """
      network garden { property author "me; you"; } // a header
      variable rain { type discrete [2] { no, /* never */ yes }; property a b /* within */ c }
      probability ( rain ) { table 0.7, // unlikely
        0.3; }
      """
    let file = try read(scattered)
    let once = try ModelFormat.bif.text(of: file.model, carrying: file.annotations).text
    #expect(
      once == """
        network garden {
          property author "me; you";
        }
        // a header
        /* never */
        variable rain {
          property a b /* within */ c ;
          type discrete [ 2 ] { no, yes };
        }
        // unlikely
        probability ( rain ) {
          table 0.7, 0.3;
        }

        """)
    let again = try read(once)
    #expect(try ModelFormat.bif.text(of: again.model, carrying: again.annotations).text == once)
  }

  @Test func otherFormatsSayThatTheyAreLeftOut() throws {
    let file = try read(Self.text)
    let notes = try ModelFormat.json.text(of: file.model, carrying: file.annotations).notes
    #expect(notes.last == "9 properties and comments that only bif files can hold are left out")
    #expect(try ModelFormat.json.text(of: file.model).notes.count == notes.count - 1)
  }
}
