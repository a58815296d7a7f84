package org.consentry.sample;

import java.util.List;

/** Names of nobody: common given names and surnames to be combined by chance, and words written for this clinic. */
final class Words {
  static final List<String> WOMEN =
      List.of(
          "Linda", "Mary", "Patricia", "Barbara", "Susan", "Nancy", "Deborah", "Sandra", "Carol", "Kathleen",
          "Jennifer", "Amanda", "Jessica", "Melissa", "Sarah", "Nicole", "Heather", "Elizabeth", "Michelle", "Maria",
          "Rosa", "Guadalupe", "Carmen", "Luz", "Ana Sofía", "Inés", "Renée", "Zoë", "Chloé", "Siân",
          "Mary Jo", "Anne-Marie", "Núria", "Beyza", "Thảo", "Mei-Ling", "Priya", "Aaliyah", "Imani", "Latoya",
          "Oksana", "Małgorzata", "Ingrid", "Astrid", "Fatima", "Noor", "Yuki", "Hana", "Grace", "Ruth",
          "Dorothy", "Mildred", "Ethel", "Agnes", "Harper", "Ava", "Isabella", "Mia", "Emma", "Olivia");
  static final List<String> MEN =
      List.of(
          "James", "Robert", "John", "Michael", "David", "William", "Richard", "Thomas", "Charles", "Gary",
          "Christopher", "Jason", "Matthew", "Joshua", "Daniel", "José", "Luis", "Juan Carlos", "Jesús", "Ángel",
          "François", "Jürgen", "Søren", "Łukasz", "Björn", "Seán", "Owen", "Dmitri", "Ahmed", "Hiroshi",
          "Minh", "Wei", "Arjun", "Kwame", "Tyrone", "Clarence", "Walter", "Harold", "Earl", "Liam",
          "Noah", "Ethan", "Mateo", "Lucas", "Elijah");
  static final List<String> SURNAMES =
      List.of(
          "Smith", "Johnson", "Williams", "Jones", "Brown", "Davis", "Miller", "Wilson", "Moore", "Taylor",
          "Anderson", "Thomas", "Jackson", "White", "Harris", "Martin", "Thompson", "Garcia", "García", "Martinez",
          "Robinson", "Clark", "Rodríguez", "Lewis", "Lee", "Walker", "Hall", "Allen", "Young", "Hernandez",
          "King", "Wright", "Lopez", "López", "Hill", "Scott", "Green", "Adams", "Baker", "Gonzalez",
          "Nelson", "Carter", "Mitchell", "Perez", "Roberts", "Turner", "Phillips", "Campbell", "Parker", "Evans",
          "O'Brien", "O'Neil", "D'Angelo", "N'Diaye", "McDonald", "MacLeod", "Van Dyke", "de la Cruz", "St. John",
          "Ortiz-Vega", "Núñez", "Muñoz", "Peña", "Begay", "Yazzie", "Tsosie", "Nguyễn", "Tran", "Kim",
          "Patel", "Singh", "Müller", "Schröder", "Strauß", "Ångström", "Kowalski", "Żak", "Ivanova", "Haddad",
          "Okafor", "Abebe", "Sato", "Chen", "Li", "Ng", "Wu");
  static final List<String> STREETS =
      List.of(
          "Saguaro Way", "Mesquite Ln", "Palo Verde Dr", "Ironwood Ct", "Ocotillo Rd", "N 7th St", "W Camelback Rd",
          "E Indian School Rd", "Calle del Sol", "Avenida Juárez", "Quail Run", "Roadrunner Pl", "Main Street",
          "County Road 12", "Old Mill Rd", "S Rural Rd", "Thunderbird Blvd", "Desert Willow Ter");
  static final List<String> EMPLOYERS =
      List.of(
          "Copper Basin Unified Schools", "Saguaro Freight", "Mesa Grande Foods", "Ocotillo Analytics, LLC",
          "Desert Star Casino", "Palo Verde Hospital", "Roadrunner Charter", "Sunridge Solar", "self-employed",
          "Kachina \"Kool\" Ice Cream", "Tri-Valley Water District", "Mogollon Rim Outfitters", "");
  static final List<String> OCCUPATIONS =
      List.of(
          "teacher", "truck driver", "nurse", "accountant", "retired", "student", "electrician", "real estate agent",
          "line cook", "software engineer", "homemaker", "pilot", "police officer", "dancer", "welder", "");
  static final List<String> INSURERS =
      List.of(
          "Desert Mutual", "Desert Mutual", "Ironwood Health Plan", "Ironwood Health Plan", "Saguaro Community Care",
          "Medicare", "Medicare", "self-pay", "self-pay", "Kokopelli PPO, Inc.");
  static final List<String> SURGEONS =
      List.of("Alder, M.", "Birch, T.", "Cedar, J. R.", "Dogwood, S.", "Elm, P.", "Dr. Hawthorn", "O'Hazel, K.");

  private Words() {}
}
