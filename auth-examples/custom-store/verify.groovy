// The build of Minotaur Auth runs this after it has built a copy of this project; a project of your own does not need it.
def properties = new groovy.xml.XmlSlurper().parse(new File(basedir, "pom.xml")).properties
assert properties."auth.version" == authVersion
assert properties."junit.version" == junitVersion
assert properties."rocksdb.version" == rocksdbVersion

// What ran is read from the reports: a build in which no test was found is no proof.
def passed = { String type ->
    def report = new File(basedir, "target/surefire-reports/TEST-org.example.store.${type}.xml")
    assert report.exists(): "${type} did not run"
    def cases = new groovy.xml.XmlSlurper().parse(report).testcase
    assert cases.every { it.failure.isEmpty() && it.error.isEmpty() && it.skipped.isEmpty() }: "${type} did not pass"
    cases.size()
}
assert passed("RecordsTest") == 3
assert passed("RocksStoresTest") >= 200
