import Latent
import Testing

/// XMLBIF as other programs write it, and what is kept of it.
@Suite struct XMLBIFDialectTests {
  private func read(_ text: String) throws -> ModelFile { try ModelFormat.xmlbif.parse(Array(text.utf8), file: "n") }

  /// As in files of JavaBayes: a document type, properties before outcomes, definitions in any order.
  static let javaBayes = """
    <?xml version="1.0" encoding="US-ASCII"?>
    <!-- Bayesian network in XMLBIF v0.3 -->
    <!DOCTYPE BIF [
      <!ELEMENT BIF ( NETWORK )*>
            <!ATTLIST BIF VERSION CDATA #REQUIRED>
      <!ELEMENT VARIABLE ( NAME, ( OUTCOME |  PROPERTY )* ) >
            <!ATTLIST VARIABLE TYPE (nature|decision|utility) "nature">
    ]>
    <BIF VERSION="0.3">
    <NETWORK>
    <NAME>Dog-Problem</NAME>
    <PROPERTY>credal-set constant-density-bounded 1.1</PROPERTY>
    <!-- Probability distributions -->
    <DEFINITION>
      <GIVEN> family-out </GIVEN>
      <FOR>
        light-on
      </FOR>
      <TABLE> <!-- true false --> .6 0.4 <!-- else --> 0.05 <![CDATA[9.5e-1]]> </TABLE>
      <PROPERTY>noisy</PROPERTY>
    </DEFINITION>
    <!-- Variables -->
    <VARIABLE TYPE="nature">
      <PROPERTY>position = (73, 165)</PROPERTY>
      <OUTCOME>true</OUTCOME>
      <!-- the other -->
      <VALUE>false &amp; &lt;not&gt; &#x1F600;</VALUE>
      <NAME>light-on</NAME>
    </VARIABLE>
    <VARIABLE><NAME>family-out</NAME><OUTCOME>yes</OUTCOME><OUTCOME></OUTCOME></VARIABLE>
    <DEFINITION><FOR>family-out</FOR><TABLE>0.15 0.85</TABLE></DEFINITION>
    </NETWORK>
    </BIF>
    <!-- end -->
    """

  @Test func anyOrderOfElements() throws {
    let file = try read(Self.javaBayes)
    #expect(file.warnings == [])
    #expect(file.model.name == "Dog-Problem")
    #expect(file.model.schema.variables.map(\.name) == ["light-on", "family-out"])
    #expect(file.model.schema.variables.map(\.states) == [["true", "false & <not> 😀"], ["yes", ""]])
    #expect(file.model.structure.families[0].parents == [VariableID(1)])
    #expect(file.model.parameters == [[0.6, 0.4, 0.05, 0.95], [0.15, 0.85]])
  }

  @Test func commentsAndPropertiesComeBack() throws {
    let file = try read(Self.javaBayes)
    let text = try ModelFormat.xmlbif.text(of: file.model, carrying: file.annotations)
    #expect(text.notes == [])
    #expect(
      text.text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <BIF VERSION="0.3">
        <!-- Bayesian network in XMLBIF v0.3 -->
        <NETWORK>
          <NAME>Dog-Problem</NAME>
          <PROPERTY>credal-set constant-density-bounded 1.1</PROPERTY>
          <!-- Variables -->
          <!-- the other -->
          <VARIABLE TYPE="nature">
            <NAME>light-on</NAME>
            <OUTCOME>true</OUTCOME>
            <OUTCOME>false &amp; &lt;not&gt; 😀</OUTCOME>
            <PROPERTY>position = (73, 165)</PROPERTY>
          </VARIABLE>
          <VARIABLE TYPE="nature">
            <NAME>family-out</NAME>
            <OUTCOME>yes</OUTCOME>
            <OUTCOME>xFFFFFF_</OUTCOME>
          </VARIABLE>
          <!-- Probability distributions -->
          <!-- true false -->
          <!-- else -->
          <DEFINITION>
            <FOR>light-on</FOR>
            <GIVEN>family-out</GIVEN>
            <TABLE>
              0.6 0.4
              0.05 0.95
            </TABLE>
            <PROPERTY>noisy</PROPERTY>
          </DEFINITION>
          <DEFINITION>
            <FOR>family-out</FOR>
            <TABLE>
              0.15 0.85
            </TABLE>
          </DEFINITION>
        </NETWORK>
        <!-- end -->
        </BIF>

        """)
    let again = try read(text.text)
    #expect(again.model == file.model)
    #expect(again.annotations == file.annotations)
  }

  private func pair(_ x: String, _ y: String) -> String {
    "<BIF><NETWORK><VARIABLE><NAME>x</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME></VARIABLE>"
      + "<VARIABLE><NAME>y</NAME><OUTCOME>c</OUTCOME><OUTCOME>d</OUTCOME></VARIABLE>"
      + "<DEFINITION><FOR>x</FOR><TABLE>\(x)</TABLE></DEFINITION>"
      + "<DEFINITION><FOR>y</FOR><GIVEN>x</GIVEN><TABLE>\(y)</TABLE></DEFINITION></NETWORK></BIF>"
  }

  /// Rows and columns of the table of z sum to 1.
  static let threeByThree = """
    <BIF><NETWORK>
    <VARIABLE><NAME>w</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME><OUTCOME>c</OUTCOME></VARIABLE>
    <VARIABLE><NAME>z</NAME><OUTCOME>a</OUTCOME><OUTCOME>b</OUTCOME><OUTCOME>c</OUTCOME></VARIABLE>
    <DEFINITION><FOR>w</FOR><TABLE>0.5 0.5 0</TABLE></DEFINITION>
    <DEFINITION><FOR>z</FOR><GIVEN>w</GIVEN><TABLE>0 0.25 0.75 0.75 0 0.25 0.25 0.75 0</TABLE></DEFINITION>
    </NETWORK></BIF>
    """

  @Test func theOrderIsTakenFromTheSumsOfRows() throws {
    let usual = try read(pair("0.5 0.5", "0.9 0.1 0.2 0.8"))
    #expect(usual.model.parameters[1] == [0.9, 0.1, 0.2, 0.8])
    #expect(usual.warnings == [])
    let other = try read(pair("0.5 0.5", "0.9 0.2 0.1 0.8"))
    #expect(other.model.parameters[1] == [0.9, 0.1, 0.2, 0.8])
    #expect(
      other.warnings == [
        "the tables are read with the child slowest, for their rows sum to 1 only so; XMLBIF 0.3 lists the child fastest"
      ])
    let either = try read(pair("0.5 0.5", "0.9 0.1 0.1 0.9"))
    #expect(either.warnings == [])
    let doubtful = try read(Self.threeByThree)
    #expect(doubtful.model.parameters[1] == [0, 0.25, 0.75, 0.75, 0, 0.25, 0.25, 0.75, 0])
    #expect(
      doubtful.warnings.map(\.description) == [
        "the tables are read with the child fastest, as XMLBIF 0.3 lists them, but their rows would sum to 1 with the "
          + "child slowest as well; compare one with what its author meant"
      ])
  }

  @Test func attributesOfSchemasAreNamedAndLeftOut() throws {
    let text = pair("0.5 0.5", "0.9 0.1 0.2 0.8").replacing(
      "<BIF>", with: "<BIF VERSION='0.3' xmlns='http://example.org/XMLBIF' xmlns:xsi='http://example.org/x' xsi:x='y'>")
    #expect(
      try read(text).warnings == [
        "attributes that XMLBIF 0.3 does not have are left out: xmlns of <BIF>, xmlns:xsi of <BIF>, xsi:x of <BIF>"
      ])
  }

  @Test func roundedRowsAreRescaled() throws {
    let file = try read(pair("0.3333333 0.6666666", "0.9 0.1 0.2 0.8"))
    #expect(file.warnings.count == 1)
    let message = try #require(file.warnings.first?.message)
    #expect(message.hasPrefix("1 row of probabilities was rescaled to sum to 1: x summed to "))
  }

  @Test func aNetworkWithoutANameStaysSo() throws {
    let file = try read(pair("0.5 0.5", "0.9 0.1 0.2 0.8"))
    #expect(file.model.name == "")
    let text = try ModelFormat.xmlbif.text(of: file.model).text
    #expect(text.contains("<NAME>unknown</NAME>"))
    #expect(try read(text).model.name == "")
  }
}
