package org.consentry.profile;

/** What a label announces: {@code MRN: 998877}, {@code Tel. 555-0123}, {@code DOB 5/4/1950}. */
enum Label {
  /** The number of a patient, record or case. */
  RECORD(
      ContentKind.RECORD_NUMBER,
      """
      mrn, medical record, medical record number, medical record no, med rec, med rec no,
      record number, record no, record, chart, chart number, chart no, patient id,
      patient number, patient no, patient identifier, pt id, patient, pt, case, case number,
      case no, accession, accession number, accession no, encounter, encounter id,
      hospital number, hospital no, hospital id, unit number, nhc, n h c, cipa, historia clinica,
      numero de historia, numero de historia clinica, historia, id, file number, file no,
      specimen, specimen id, episode, episodio, study id, ehr, emr, uhid, visit id,
      visit number, fin, csn, mr no, mr number, patientennummer, fallnummer, user id,
      identifier, unique identifier, reference number, ref"""),
  /** The number of a member of a health plan. */
  PLAN(
      ContentKind.PLAN_NUMBER,
      """
      member id, member number, member no, member, memberid, subscriber id, subscriber,
      subscriber number, policy, policy number, policy no, policy id, insurance id,
      insurance number, insurance no, insurance policy, insurance, medicare, medicare id,
      medicare number, medicare no, mbi, hicn, medicaid, medicaid id, medicaid number,
      beneficiary, beneficiary id, beneficiary number, group number, group no, health plan,
      health plan id, health plan number, plan id, plan number, nass, n a s s, hpbn,
      health insurance, health insurance id, versichertennummer, krankenversicherungsnummer,
      kvnr, numero de afiliacion, aetna, cigna, humana, health id, plan"""),
  /** The number of an account. */
  ACCOUNT(
      ContentKind.ACCOUNT_NUMBER,
      """
      account, account number, account no, acct, acct number, acct no, bank account,
      routing number, invoice, invoice number, invoice no, billing account, customer id,
      customer number, konto, kontonummer, guarantor account, har, iban"""),
  /** The number of a licence or certificate. */
  LICENSE(
      ContentKind.LICENSE_NUMBER,
      """
      license, licence, license number, license no, licence number, driver license,
      drivers license, driver licence, driving licence, driver license number,
      drivers license number, dl, dl number, npi, npi number, dea, dea number, dea no,
      certificate, certificate number, certificate no, certification number, lic, lic no,
      license id, medical license, state license, n col, no col, ncol, num col, colegiado,
      numero de colegiado, upin, fuhrerschein, cert"""),
  /** The number of a vehicle. */
  VEHICLE(
      ContentKind.VEHICLE_NUMBER,
      """
      vin, license plate, licence plate, plate, plate number, license plate number,
      number plate, vehicle, vehicle id, kennzeichen, matricula, tag number"""),
  /** The serial number of a device. */
  DEVICE(
      ContentKind.DEVICE_SERIAL,
      """
      serial, serial number, serial no, serial nr, serial num, serial id, sn, s n, ser no,
      imei, device id, device serial, device serial number, device identifier,
      device number, udi, implant serial, implant serial number, implant id, seriennummer,
      numero de serie, num serie, mac, mac address, pacemaker serial"""),
  /** An identity number of another country. */
  NATIONAL(
      ContentKind.NATIONAL_ID,
      """
      passport, passport number, passport no, nhs, nhs number, nhs no, nino,
      national insurance number, ni number, bsn, burgerservicenummer, dni, nie, nif, d n i,
      steuer id, steueridentifikationsnummer, steuernummer, personnummer, personal number,
      cpr, cpr number, cpf, sin, sin number, tfn, aadhaar, pps, ppsn, pps number, pesel,
      nir, national id, national identity number, identity card, pasaporte, reisepass, ahv,
      codice fiscale, rodne cislo, state id, alien number"""),
  /** A social security number. */
  SSN(
      ContentKind.SSN,
      """
      ssn, ss, social security, social security number, social security no, social sec,
      soc sec, soc sec no, s s n, social, itin, tax id, tin"""),
  /** A telephone or fax number. */
  PHONE(
      ContentKind.PHONE,
      """
      phone, phone number, phone no, tel, tel no, telephone, telephone number, telefono,
      tfno, tlf, tf, cell, cell phone, cell number, mobile, mobile number, mobile phone,
      fax, fax number, fax no, call, call back, callback, contact, contact number,
      contact no, ph, pager, beeper, telefon, handy, mobil, movil, whatsapp, home phone,
      work phone, extension, tels, reached at, called, dial, text"""),
  /** A birth date. */
  BIRTH(
      ContentKind.BIRTH_DATE,
      """
      dob, d o b, born, born on, birth date, birthdate, birthday, date of birth, bday,
      fecha de nacimiento, f nacimiento, nacimiento, nacido, nacida, geb, geboren,
      geboren am, geburtsdatum, geb am, ne le, nee le, date de naissance, birth"""),
  /** A name. */
  NAME(
      ContentKind.NAME,
      """
      name, patient name, name of patient, full name, first name, last name, given name,
      family name, middle name, maiden name, surname, nombre, apellidos, apellido,
      nombre y apellidos, medico, vorname, nachname, familienname, nom, prenom, provider,
      attending, physician, surgeon, remitido por, referred by, signed by, dictated by,
      seen by, emergency contact, next of kin, mother, father, wife, husband, spouse,
      electronically signed by, pcp, referring physician, attending physician, doctor,
      patients name, contact name, responsable, responsable clinico, guarantor"""),
  /** An age. */
  AGE(
      ContentKind.AGE,
      """
      age, aged, turned, edad, alter, patient age, age at visit, ages, leeftijd"""),
  /** A ZIP or postal code. */
  ZIP(
      ContentKind.ZIP_CODE,
      """
      zip, zip code, zipcode, postal code, postcode, c p, cp, plz, zip5, code postal,
      codigo postal"""),
  /** A post office box. */
  BOX(
      ContentKind.POSTAL_ADDRESS,
      """
      po box, p o box, pob, apt, apartment, suite, post office box, box, postfach, apartado, apartado de correos, apdo,
      apdo correos, boite postale, psc, casella postale, gpo box, locked bag"""),
  /** Latitude or longitude. */
  COORDINATE(
      ContentKind.COORDINATES,
      """
      lat, latitude, lon, long, lng, longitude, gps""");

  /** Added to the number of a label where a longer one may begin with the same words. */
  static final int PREFIX = 64;

  /** No label has more words. */
  static final int MOST_WORDS = 5;

  private static final Label[] ALL = values();
  private static final WordTable TABLE = table();

  final ContentKind kind;
  private final String phrases;

  /** Phrases are separated by commas and line breaks; a phrase may end a line. */
  Label(ContentKind kind, String phrases) {
    this.kind = kind;
    this.phrases = phrases.replace(",\n", "|").replace(", ", "|") + "|";
  }

  /**
   * What the hash of words is, as a number for {@link #at}, with {@link #PREFIX} or without; or 0.
   */
  static int of(long hash) {
    return TABLE.get(hash);
  }

  /** The label of a number from 1 on. */
  static Label at(int number) {
    return ALL[(number & (PREFIX - 1)) - 1];
  }

  private static WordTable table() {
    WordTable table = new WordTable(1500);
    int number = 0;
    for (Label label : ALL) {
      number++;
      int start = 0;
      while (start < label.phrases.length()) {
        int end = label.phrases.indexOf('|', start);
        label.put(table, start, end, number);
        start = end + 1;
      }
    }
    return table;
  }

  private void put(WordTable table, int start, int end, int number) {
    for (int blank = phrases.indexOf(' ', start);
        blank >= 0 && blank < end;
        blank = phrases.indexOf(' ', blank + 1)) {
      long prefix = WordTable.hash(phrases, start, blank);
      table.put(prefix, table.get(prefix) | PREFIX);
    }
    long whole = WordTable.hash(phrases, start, end);
    table.put(whole, number | (table.get(whole) & PREFIX));
  }
}
