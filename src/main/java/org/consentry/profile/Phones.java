package org.consentry.profile;

/**
 * Telephone numbers: of the North American Numbering Plan (area code in use, exchange code NXX that
 * is not N11; ATIS-0300051 and NANPA's list of area codes), and international ones that begin with
 * {@code +} or {@code 00} (ITU-T E.164, at most 15 digits).
 */
final class Phones {

  private static final String SEPARATORS = "-. )/(";

  /** Area codes in service or for special services, by their first digit. */
  private static final String[] AREAS = {
    "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 220 223 224 225 226 227 228"
        + " 229 231 234 235 236 239 240 242 246 248 249 250 251 252 253 254 256 257 260 262 263 264"
        + " 267 268 269 270 272 274 276 279 281 283 284 289",
    "301 302 303 304 305 306 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 324 325 326"
        + " 327 329 330 331 332 334 336 337 339 340 341 343 345 346 347 350 351 352 353 354 357 360"
        + " 361 363 364 365 367 368 369 380 382 385 386",
    "401 402 403 404 405 406 407 408 409 410 412 413 414 415 416 417 418 419 423 424 425 428 430 431"
        + " 432 434 435 436 437 438 440 441 442 443 445 447 448 450 456 457 458 463 464 468 469 470"
        + " 471 472 473 474 475 478 479 480 483 484",
    "500 501 502 503 504 505 506 507 508 509 510 512 513 514 515 516 517 518 519 520 521 522 530 531"
        + " 533 534 539 540 541 544 548 551 557 559 561 562 563 564 566 567 570 571 572 573 574 575"
        + " 577 579 580 581 582 584 585 586 587 588",
    "600 601 602 603 604 605 606 607 608 609 610 612 613 614 615 616 617 618 619 620 623 624 626 628"
        + " 629 630 631 633 636 639 640 641 645 646 647 649 650 651 656 657 658 659 660 661 662 664"
        + " 667 669 670 671 672 678 679 680 681 682 683 684 686 689",
    "700 701 702 703 704 705 706 707 708 709 712 713 714 715 716 717 718 719 720 721 724 725 726 727"
        + " 728 729 730 731 732 734 737 738 740 742 743 747 753 754 757 758 760 762 763 765 767 769"
        + " 770 771 772 773 774 775 778 779 780 781 782 784 785 786 787",
    "800 801 802 803 804 805 806 807 808 809 810 812 813 814 815 816 817 818 819 820 821 825 826 828"
        + " 829 830 831 832 833 835 838 839 840 843 844 845 847 848 849 850 854 855 856 857 858 859"
        + " 860 861 862 863 864 865 866 867 868 869 870 872 873 876 877 878 879 888",
    "900 901 902 903 904 905 906 907 908 909 910 912 913 914 915 916 917 918 919 920 924 925 928 929"
        + " 930 931 934 935 936 937 938 939 940 941 942 943 945 947 948 949 951 952 954 956 959 970"
        + " 971 972 973 975 978 979 980 983 984 985 986 989"
  };

  private static final boolean[] IN_USE = inUse();

  private Phones() {}

  /** End of a telephone number that begins with a digit. */
  static int end(CharSequence text, int start, Groups groups) {
    int first = 0;
    if (groups.count() > 1 && groups.length(0) == 1 && groups.number(0) == 1) {
      first = 1;
    }
    int end = grouped(groups, first);
    if (end == Chars.NONE) {
      end = plain(text, start, groups);
    }
    if (end == Chars.NONE && isPrefix(text, start)) {
      end = international(text, groups, 2);
    }
    if (end == Chars.NONE) {
      end = trunk(text, groups);
    }
    if (end == Chars.NONE) {
      end = letters(text, groups);
    }
    return end == Chars.NONE ? Chars.NONE : extensionEnd(text, end);
  }

  /** Letters that are dialled behind 1 and a free area code: {@code 1-800-FLOWERS}. */
  private static int letters(CharSequence text, Groups groups) {
    boolean free =
        groups.count() == 2
            && groups.length(0) == 1
            && groups.number(0) == 1
            && groups.length(1) == 3
            && isFree(groups.number(1));
    if (!free || !Chars.isHyphen(Chars.at(text, groups.end(1)))) {
      return Chars.NONE;
    }
    int dialled = 0;
    int at = groups.end(1);
    while (dialled < 11
        && (Chars.isWord(Chars.at(text, at))
            || (Chars.isHyphen(Chars.at(text, at)) && Chars.isWord(Chars.at(text, at + 1))))) {
      dialled += Chars.isWord(Chars.at(text, at)) ? 1 : 0;
      at++;
    }
    return dialled >= 7 && dialled < 11 ? at : Chars.NONE;
  }

  private static boolean isFree(int area) {
    return switch (area) {
      case 800, 833, 844, 855, 866, 877, 888 -> true;
      default -> false;
    };
  }

  /**
   * National forms of other countries in groups: nine to eleven digits from the trunk prefix 0 on,
   * or four pairs with hyphens. Drug codes of ten digits and two hyphens are none.
   */
  private static int trunk(CharSequence text, Groups groups) {
    int digits = groups.length(0);
    int used = 1;
    while (used < groups.count()
        && " -/.".indexOf(groups.separator(used - 1)) >= 0
        && groups.length(used) >= 2
        && groups.length(used) <= 8
        && digits + groups.length(used) <= 11) {
      digits += groups.length(used);
      used++;
    }
    boolean pairs =
        used == 4 && digits == 8 && groups.shaped(2, 2, 2, 2) && groups.separatedBy("-", 4);
    boolean drug = used == 3 && groups.separatedBy("-", 3) && groups.length(0) >= 4;
    int start = groups.start(0);
    boolean prefix =
        text.charAt(start) == '0'
            && Chars.at(text, start + 1) != '0'
            && groups.length(0) >= 2
            && groups.length(0) <= 5;
    boolean part =
        Chars.isDigit(Chars.at(text, start - 2)) && !Chars.isWord(Chars.at(text, start - 1));
    char separator = groups.separator(0);
    boolean code = drug || (separator == '-' && (digits < 10 || groups.shaped(3, 3, 4)));
    boolean area =
        prefix && used >= 2 && used <= 5 && digits >= 9 && !code && !part && separator != '.';
    return (pairs || area) && groups.endsAfter(used) ? groups.end(used - 1) : Chars.NONE;
  }

  /** End of a number after {@code +}, whose first digit is at the start of the groups. */
  static int internationalEnd(CharSequence text, Groups groups) {
    int end = international(text, groups, 0);
    return end == Chars.NONE ? Chars.NONE : extensionEnd(text, end);
  }

  /** Whether these are an area code in use and a valid exchange code. */
  static boolean isNumber(int area, int exchange) {
    return area > 199 && IN_USE[area] && exchange > 199 && exchange % 100 != 11;
  }

  private static int grouped(Groups groups, int first) {
    if (groups.count() < first + 3
        || groups.length(first) != 3
        || groups.length(first + 1) != 3
        || groups.length(first + 2) != 4
        || !groups.endsAfter(first + 3)) {
      // An extension may follow: "480-555-0165-12" is none.
      return Chars.NONE;
    }
    for (int i = 0; i < first + 2; i++) {
      if (SEPARATORS.indexOf(groups.separator(i)) < 0) {
        return Chars.NONE;
      }
    }
    return isNumber(groups.number(first), groups.number(first + 1))
        ? groups.end(first + 2)
        : Chars.NONE;
  }

  /** End of a foreign number with its area in parentheses, eight digits or more in all. */
  static int parenthesisEnd(CharSequence text, Groups groups) {
    int digits = 0;
    int end = Chars.NONE;
    for (int i = 0; i < groups.count() && digits <= 13; i++) {
      digits += groups.length(i);
      end = digits >= 8 && digits <= 13 ? groups.end(i) : end;
      if (SEPARATORS.indexOf(groups.separator(i)) < 0) {
        break;
      }
    }
    boolean american = groups.shaped(3, 3, 4) && groups.number(0) >= 100;
    boolean area =
        groups.length(0) >= 2 && groups.length(0) <= 5 && groups.count() > 1 && !american;
    return area && end != Chars.NONE && !Chars.isLetter(Chars.at(text, end))
        ? extensionEnd(text, end)
        : Chars.NONE;
  }

  private static int plain(CharSequence text, int start, Groups groups) {
    int length = groups.length(0);
    if (length == 3 && groups.count() > 1 && groups.length(1) == 7 && groups.endsAfter(2)) {
      int area = groups.number(0);
      int exchange = Chars.number(text, groups.start(1), groups.start(1) + 3);
      return SEPARATORS.indexOf(groups.separator(0)) >= 0 && isNumber(area, exchange)
          ? groups.end(1)
          : Chars.NONE;
    }
    boolean national = length == 11 && text.charAt(start) == '1';
    if ((length != 10 && !national) || !groups.endsAfter(1)) {
      return Chars.NONE;
    }
    int at = groups.end(0) - 10;
    boolean valid = isNumber(Chars.number(text, at, at + 3), Chars.number(text, at + 3, at + 6));
    return valid && Chars.at(text, start - 1) != '.' && !isFraction(text, groups)
        ? groups.end(0)
        : Chars.NONE;
  }

  private static boolean isFraction(CharSequence text, Groups groups) {
    return groups.separator(0) == '.' && Chars.isDigit(Chars.at(text, groups.end(0) + 1));
  }

  private static boolean isPrefix(CharSequence text, int start) {
    return text.charAt(start) == '0'
        && Chars.at(text, start + 1) == '0'
        && Chars.at(text, start + 2) > '0';
  }

  /** Digits of a country, then at least six more; blanks, dots, hyphens and parentheses between. */
  private static int international(CharSequence text, Groups groups, int prefix) {
    int digits = -prefix;
    int best = Chars.NONE;
    for (int i = 0; i < groups.count(); i++) {
      digits += groups.length(i);
      if (digits > 15) {
        break;
      }
      if (digits >= 8) {
        best = groups.end(i);
      }
      if (SEPARATORS.indexOf(groups.separator(i)) < 0) {
        break;
      }
    }
    boolean separated =
        prefix == 0
            || (groups.count() > 1
                && groups.length(0) <= 5
                && (groups.separator(0) != '-' || digits > 9));
    return separated && best != Chars.NONE && !Chars.isLetter(Chars.at(text, best))
        ? best
        : Chars.NONE;
  }

  /** End of {@code x123}, {@code ext. 123} or {@code extension 123} behind a number. */
  static int extensionEnd(CharSequence text, int end) {
    int at = end;
    while (at < end + 2 && (Chars.isBlank(Chars.at(text, at)) || Chars.at(text, at) == ',')) {
      at++;
    }
    int word = at;
    while (at < word + 9 && Chars.isLetter(Chars.at(text, at))) {
      at++;
    }
    String written = text.subSequence(word, at).toString().toLowerCase(java.util.Locale.ROOT);
    boolean extension =
        switch (written) {
          case "x", "ext", "extn", "extension", "durchwahl", "int" -> true;
          default -> false;
        };
    if (!extension) {
      return end;
    }
    while (at < word + 13
        && (Chars.isBlank(Chars.at(text, at))
            || Chars.at(text, at) == '.'
            || Chars.at(text, at) == ':')) {
      at++;
    }
    int digits = Chars.digitsEnd(text, at);
    return digits > at && digits - at <= 7 ? digits : end;
  }

  private static boolean[] inUse() {
    boolean[] inUse = new boolean[1000];
    for (String areas : AREAS) {
      for (int at = 0; at < areas.length(); at += 4) {
        inUse[Chars.number(areas, at, at + 3)] = true;
      }
    }
    return inUse;
  }
}
